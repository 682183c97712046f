package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.StyledTextConsumerAdapter;
import com.techsenger.jeditermfx.core.TextStyle;
import com.techsenger.jeditermfx.core.model.CharBuffer;
import com.techsenger.jeditermfx.core.model.SubCharBuffer;
import com.techsenger.jeditermfx.core.model.TerminalTextBuffer;
import com.techsenger.jeditermfx.ui.SubstringFinder;
import com.techsenger.jeditermfx.ui.SubstringFinder.FindResult;

/** Finds a text in a terminal's scrollback and screen. Pure, but for the buffer it reads. */
final class Search {

    private Search() {}

    static FindResult in(TerminalTextBuffer buffer, String text, boolean ignoreCase) {
        var finder = new SubstringFinder(text, ignoreCase);
        int from = -buffer.getHistoryLinesCount();
        buffer.processHistoryAndScreenLines(from, -1, new Feeder(finder));
        return finder.getResult();
    }

    private static final class Feeder extends StyledTextConsumerAdapter {

        private final SubstringFinder finder;

        Feeder(SubstringFinder finder) {
            this.finder = finder;
        }

        @Override
        public void consume(int x, int y, TextStyle style, CharBuffer characters, int startRow) {
            CharBuffer whole = characters;
            int from = 0;
            if (characters instanceof SubCharBuffer part) {
                whole = part.getParent();
                from = part.getOffset();
            }
            for (int i = from; i < from + characters.length(); i++) {
                finder.nextChar(x, y - startRow, whole, i);
            }
        }
    }
}
