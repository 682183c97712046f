package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.model.hyperlinks.HyperlinkFilter;
import com.techsenger.jeditermfx.core.model.hyperlinks.LinkInfo;
import com.techsenger.jeditermfx.core.model.hyperlinks.LinkResult;
import com.techsenger.jeditermfx.core.model.hyperlinks.LinkResultItem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds web addresses in a line of text, and gives the address of a marked link (OSC 8) the same
 * meaning.
 *
 * <p>Owned by the emulator thread; the opener is called on the FX thread.
 */
final class Links implements HyperlinkFilter {

    /** Addresses do not end with what a sentence ends with. */
    private static final Pattern ADDRESS =
            Pattern.compile("https?://[^\\s\0\"'<>`|{}\\\\^]*[^\\s\0\"'<>`|{}\\\\^.,:;!?)\\]]");

    private final Consumer<String> opener;

    Links(Consumer<String> opener) {
        this.opener = opener;
    }

    @Override
    public @Nullable LinkResult apply(String line) {
        if (!line.contains("://")) return null;
        List<LinkResultItem> items = new ArrayList<>();
        Matcher matcher = ADDRESS.matcher(line);
        while (matcher.find()) {
            String address = matcher.group();
            var link = new LinkInfo(() -> opener.accept(address));
            items.add(new LinkResultItem(matcher.start(), matcher.end(), link));
        }
        return items.isEmpty() ? null : new LinkResult(items);
    }
}
