package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.link.RequestException;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.HistoryView;
import dev.wormhole.terminal.screen.History;
import dev.wormhole.terminal.screen.HistoryBlock;
import dev.wormhole.terminal.screen.LineText;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.SnapshotDepth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

class OlderLinesTest {

    private static final SessionId ID = SessionId.random();
    private static final int LIMIT = 10_000;

    private record Request(long before, int count, CompletableFuture<ServerMessage.History> done) {}

    private final Screen server = screen(LIMIT);
    private final Screen pane = screen(LIMIT);
    private final Queue<Request> requests = new ArrayDeque<>();
    private final Queue<Runnable> mail = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final OlderLines lines = lines(pane);

    // ---- the pane's thread and its server, by hand

    private OlderLines lines(Screen screen) {
        ScrollbackSource source =
                (before, count) -> {
                    assertThat(requests).as("one at a time").isEmpty();
                    assertThat(count).isBetween(1, OlderLines.LOT);
                    var done = new CompletableFuture<ServerMessage.History>();
                    requests.add(new Request(before, count, done));
                    return done;
                };
        var taker =
                new OlderLines.Taker() {
                    @Override
                    public void came(List<HistoryBlock> blocks) {
                        long first = blocks.getFirst().firstLine();
                        told.add(first + " to " + blocks.getLast().endLine());
                        screen.history().fill(blocks);
                    }

                    @Override
                    public void settled() {
                        told.add("settled");
                    }
                };
        return new OlderLines(screen.history(), source, mail::add, taker);
    }

    private void answer() {
        answer(view(server.history()));
    }

    private void answer(HistoryView view) {
        Request request = requests.remove();
        var asked = new ClientMessage.HistoryRequest(ID, request.before, request.count);
        request.done.complete(view.answer(asked));
        deliver();
    }

    private void deliver() {
        while (!mail.isEmpty()) mail.remove().run();
    }

    private int answerAll() {
        int answers = 0;
        for (; !requests.isEmpty(); answers++) {
            assertThat(answers).as("questions without end").isLessThan(1_000);
            answer();
        }
        return answers;
    }

    private static HistoryView view(History history) {
        long first = history.firstLine();
        return new HistoryView(first, history.endLine(), history.blocksFrom(first));
    }

    // ---- promises

    @Test
    void whatIsWantedComesNewestFirstInLotsUntilItIsHere() {
        print(9_000);
        attach();
        long end = pane.history().firstLine();
        assertThat(end).isGreaterThan(8_000);

        lines.want(5_000, end);
        assertThat(lines.isFetching()).isTrue();
        int answers = answerAll();

        assertThat(answers).isGreaterThan(1);
        assertThat(told.getFirst()).isEqualTo((end - OlderLines.LOT) + " to " + end);
        assertThat(told.getLast()).isEqualTo("settled");
        assertThat(pane.history().firstLine()).isBetween(3_000L, 5_000L);
        assertThat(lines.isFetching()).isFalse();
        checkPane();
    }

    @Test
    void itStopsAtTheOldestLineThatTheServerKeeps() {
        print(25_000);
        attach();

        lines.want(0, Long.MAX_VALUE);
        answerAll();
        lines.want(0, 20_000);

        long oldest = server.history().firstLine();
        assertThat(pane.history().firstLine()).isEqualTo(oldest);
        assertThat(lines.oldest()).isEqualTo(oldest);
        assertThat(requests).isEmpty();
        assertThat(told.getLast()).isEqualTo("settled");
        checkPane();
    }

    @Test
    void nothingIsAskedForThatTheScreenWouldNotKeep() {
        print(9_000);
        Screen small = screen(3_000);
        attach(small);
        OlderLines few = lines(small);

        few.want(0, small.history().firstLine());
        int answers = answerAll();

        assertThat(answers).isBetween(1, 3);
        assertThat(small.history().firstLine()).isEqualTo(small.history().endLine() - 3_000);
        assertThat(told.getLast()).isEqualTo("settled");
    }

    @Test
    void aScreenWithoutRoomIsNotFilledAgainAndAgain() {
        // Its lines are so long that bytes are the limit.
        Screen full = screen(500);
        feed(server, "x".repeat(60_000) + "\r\n");
        for (int i = 0; i < 400; i++) feed(server, "y".repeat(60_000) + "\r\n");
        attach(full);
        OlderLines few = lines(full);

        few.want(0, full.history().firstLine());
        int answers = answerAll();

        assertThat(answers).isLessThan(400);
        assertThat(told.getLast()).isEqualTo("settled");
        few.want(0, full.history().firstLine());
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void overAnyNumberOfConnectionsThePaneGetsWhatTheServerHas(long seed) {
        var random = new Random(seed);
        attach();
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(6)) {
                case 0 -> print(random.nextInt(1_500));
                // Output that this pane saw.
                case 1 ->
                        feed(server, pane, "seen 日 \033[1mx\033[m\r\n".repeat(random.nextInt(300)));
                case 2 -> {
                    attach();
                    lines.again();
                }
                case 3, 4 -> {
                    long first = random.nextInt(20_000);
                    lines.want(first, first + random.nextInt(5_000));
                }
                default -> {
                    if (!requests.isEmpty()) answer();
                }
            }
            // What a pane did not see comes as a snapshot.
            if (pane.hash() != server.hash()) {
                attach();
                lines.again();
            }
        }
        answerAll();
        lines.again();
        lines.want(0, Long.MAX_VALUE);
        answerAll();

        assertThat(told.getLast()).isEqualTo("settled");
        assertThat(texts(pane)).containsAllEntriesOf(texts(server));
        checkPane();
    }

    @Test
    void aHoleInTheServersScrollbackIsSteppedOver() {
        print(4_000);
        attach();
        List<HistoryBlock> whole = server.history().blocksFrom(0);
        List<HistoryBlock> blocks = new ArrayList<>(whole);
        blocks.subList(4, 6).clear();
        var holed = new HistoryView(0, server.history().endLine(), blocks);
        lines.want(0, Long.MAX_VALUE);

        while (!requests.isEmpty()) answer(holed);

        long from = whole.get(4).firstLine();
        long to = whole.get(5).endLine();
        assertThat(told.getLast()).isEqualTo("settled");
        assertThat(pane.history().firstLine()).isZero();
        assertThat(pane.history().gapBelow(Long.MAX_VALUE)).contains(new History.Gap(from, to));
        lines.want(0, Long.MAX_VALUE);
        assertThat(requests).isEmpty();
    }

    @Test
    void aServerThatSaysNoIsNotAskedAgainBeforeTheNextConnection() {
        print(3_000);
        attach();
        lines.want(0, 2_000);
        requests.remove()
                .done
                .completeExceptionally(new RequestException(ErrorCode.UNSUPPORTED, "not here"));
        deliver();
        assertThat(told).containsExactly("settled");

        lines.want(0, 2_000);
        assertThat(requests).isEmpty();
        lines.again();
        lines.want(0, 2_000);
        assertThat(answerAll()).isPositive();
        checkPane();
    }

    @Test
    void whoIsBusyIsAskedAgainWhenSomebodyWantsTheLinesAgain() {
        print(3_000);
        attach();
        lines.want(0, 2_000);
        requests.remove().done.completeExceptionally(new RequestException(ErrorCode.BUSY, "later"));
        deliver();

        assertThat(requests).isEmpty();
        lines.want(0, 2_000);
        assertThat(requests).hasSize(1);
    }

    @Test
    void anAnswerThatIsNoneChangesNothing() {
        print(3_000);
        attach();
        long first = pane.history().firstLine();
        ByteString text = ByteString.utf8("a\r\n");
        for (var answer :
                List.of(
                        new ServerMessage.History(ID, 5, 7, 0, 3_000, text),
                        new ServerMessage.History(ID, 7, 5, 0, 3_000, text),
                        new ServerMessage.History(ID, first, first + 1, 0, 3_000, text),
                        new ServerMessage.History(ID, 0, first, 0, 3_000, ByteString.EMPTY))) {
            lines.again();
            lines.want(0, first);
            requests.remove().done.complete(answer);
            deliver();

            assertThat(requests).isEmpty();
            assertThat(pane.history().firstLine()).isEqualTo(first);
            assertThat(told.getLast()).isEqualTo("settled");
        }
    }

    @Test
    void linesThatWereClearedMeanwhileDoNotComeBack() {
        print(3_000);
        attach();
        lines.want(0, 1_000);
        lines.want(0, pane.history().firstLine());
        HistoryView before = view(server.history());
        feed(server, pane, "more\r\n".repeat(30) + "\033[3J");

        answer(before);
        answerAll();

        assertThat(texts(pane)).isEmpty();
        assertThat(told).containsExactly("settled");
    }

    // ---- screens

    private static Screen screen(int limit) {
        return new Screen(40, 5, limit, new ScreenListener() {});
    }

    private void print(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.append("line ").append(i).append("\r\n");
        feed(server, text.toString());
    }

    private void attach() {
        attach(pane);
    }

    /** A kept resync: the newest lines only. */
    private void attach(Screen screen) {
        byte[] snapshot = server.snapshot(SnapshotDepth.RECENT);
        screen.beginSnapshot(server.columns(), server.rows(), true);
        screen.feed(snapshot, 0, snapshot.length);
        screen.endSnapshot();
    }

    private static void feed(Screen screen, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }

    private static void feed(Screen first, Screen second, String text) {
        feed(first, text);
        feed(second, text);
    }

    /** The pane's lines are the server's, as far as that still has them. */
    private void checkPane() {
        Map<Long, String> kept = texts(server);
        Map<Long, String> here = texts(pane);
        here.keySet().retainAll(kept.keySet());
        assertThat(here).isNotEmpty();
        here.forEach((line, text) -> assertThat(text).isEqualTo(kept.get(line)));
        assertThat(pane.hash()).isEqualTo(server.hash());
    }

    private static Map<Long, String> texts(Screen screen) {
        var texts = new TreeMap<Long, String>();
        long first = screen.history().firstLine();
        for (HistoryBlock block : screen.history().blocksFrom(first)) {
            for (long n = Math.max(first, block.firstLine()); n < block.endLine(); n++) {
                var text = new LineText();
                block.line(n, text);
                texts.put(n, text.toString());
            }
        }
        return texts;
    }
}
