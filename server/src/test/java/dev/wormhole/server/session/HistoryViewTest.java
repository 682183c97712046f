package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.terminal.screen.HistoryBlock;
import dev.wormhole.terminal.screen.HistoryText;
import dev.wormhole.terminal.screen.LineSink;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.Style;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What clients make of the answers to their history requests. */
class HistoryViewTest {

    private static final SessionId ID = SessionId.random();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aClientThatPagesBackHasEveryLineWithItsCellsAndLooks(long seed) {
        var random = new Random(seed);
        var screen = new Screen(10 + random.nextInt(100), 2 + random.nextInt(20), 3000, QUIET);
        var output = new GeneratedOutput(random);
        for (int i = 0; i < 300; i++) {
            feed(screen, output.next(400));
            feed(screen, "\033[?2027l\033[?1049l\033[?7h\033[r");
        }
        for (int i = 0; i < 700; i++) feed(screen, "\033[3%dm%d 日本\r\n".formatted(i % 8, i));
        HistoryView view = HistoryView.of(screen.history());

        var read = new TreeMap<Long, String>();
        long before = Long.MAX_VALUE;
        ServerMessage.History answer;
        do {
            answer = ask(view, before, 1 + random.nextInt(2000));
            read.putAll(lines(blocks(answer)));
            assertThat(answer.oldest()).isEqualTo(view.oldest());
            before = answer.first();
        } while (answer.first() < answer.end());

        Map<Long, String> kept = lines(view.blocks());
        kept.keySet().removeIf(line -> line < view.oldest());
        assertThat(kept).hasSizeGreaterThan(600);
        assertThat(read).isEqualTo(kept);
    }

    @Test
    void aLineThatWasCutForItsMessageIsStillOneAndLeavesNothingBehind() {
        var screen = new Screen(80, 2, 100, QUIET);
        feed(screen, "\033]8;;http://x.org/\033\\");
        for (int i = 0; i < 40_000; i++) feed(screen, "\033[38;2;1;2;%dmx".formatted(i % 200));
        feed(screen, "\033[m\033]8;;\033\\\r\nplain\r\n\r\n\r\n");

        ServerMessage.History cut = ask(HistoryView.of(screen.history()), 1, 1);
        Map<Long, String> first = lines(blocks(cut));
        Map<Long, String> second = lines(blocks(ask(HistoryView.of(screen.history()), 2, 1)));

        assertThat(first).containsOnlyKeys(0L);
        assertThat(second.get(1L)).startsWith("p0null");
    }

    private static ServerMessage.History ask(HistoryView view, long before, int count) {
        return view.answer(new ClientMessage.HistoryRequest(ID, before, count));
    }

    private static List<HistoryBlock> blocks(ServerMessage.History answer) {
        return HistoryText.blocks(answer.first(), answer.end(), answer.data().toArray());
    }

    /** Every line as its cells with their looks; blanks are spaces. */
    private static Map<Long, String> lines(List<HistoryBlock> blocks) {
        var lines = new TreeMap<Long, String>();
        for (HistoryBlock block : blocks) {
            for (long n = block.firstLine(); n < block.endLine(); n++) {
                var cells = new ArrayList<String>();
                block.line(n, new Cells(cells));
                lines.put(n, String.join("", cells));
            }
        }
        return lines;
    }

    private record Cells(List<String> cells) implements LineSink {

        @Override
        public void blanks(int count, Style style) {
            for (int i = 0; i < count; i++) cell(new int[] {' '}, 1, false, style);
        }

        @Override
        public void cell(int[] codePoints, int length, boolean wide, Style style) {
            String text = new String(codePoints, 0, length);
            cells.add(text + style.sgr() + style.link() + (wide ? "wide" : ""));
        }
    }

    private static final ScreenListener QUIET = new ScreenListener() {};

    private static void feed(Screen screen, String text) {
        feed(screen, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void feed(Screen screen, byte[] bytes) {
        screen.feed(bytes, 0, bytes.length);
    }
}
