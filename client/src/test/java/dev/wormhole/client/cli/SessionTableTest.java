package dev.wormhole.client.cli;

import static dev.wormhole.client.cli.Entries.FIRST;
import static dev.wormhole.client.cli.Entries.SECOND;
import static dev.wormhole.client.cli.Entries.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.SessionEntry;

import org.junit.jupiter.api.Test;

import java.util.List;

class SessionTableTest {

    @Test
    void aSessionThatIsNotStoredIsMarked() {
        SessionEntry stored = entry(FIRST, "secret");
        var entry =
                new SessionEntry(
                        stored.id(),
                        stored.name(),
                        stored.cwd(),
                        stored.title(),
                        stored.createdAt(),
                        stored.lastActiveAt(),
                        stored.clientCount(),
                        stored.isExited(),
                        stored.exitCode(),
                        stored.size(),
                        stored.pid(),
                        stored.command(),
                        stored.kind(),
                        false);

        assertThat(SessionTable.lines(List.of(entry), 0, null).getLast())
                .contains("  running, not stored  ");
    }

    @Test
    void columnsAreAlignedAndTheHomeIsShort() {
        var sessions = List.of(entry(FIRST, "build"), entry(SECOND, null, "/", "top"));

        assertThat(SessionTable.lines(sessions, 0, "/home/ada"))
                .containsExactly(
                        "ID        NAME   STATE    SIZE   VIEWERS  DIRECTORY  TITLE",
                        "aaaaaaaa  build  running  80×24  1        ~/src      vim",
                        "aaaabbbb         running  80×24  1        /          top");
    }

    @Test
    void noLineIsWiderThanTheTerminalAndOfADirectoryTheEndStays() {
        var long1 =
                entry(FIRST, "n".repeat(128), "/a/very/long/way/to/the/project", "t".repeat(200));
        var wide = entry(SECOND, "日本語のとても長い名前のセッションです", "/日本語/日本語/日本語/日本語", "😀".repeat(60));

        for (int width : new int[] {80, 100, 120, 200}) {
            List<String> lines = SessionTable.lines(List.of(long1, wide), width, null);

            assertThat(lines)
                    .allSatisfy(line -> assertThat(Words.width(line)).isLessThanOrEqualTo(width));
            assertThat(lines.get(1)).contains("project");
        }
    }

    @Test
    void titlesCannotDriveTheTerminalOfWhoListsThem() {
        var hostile = entry(FIRST, null, "/tmp/\033[31m", "a\033]0;b\007\u202ec\nd");

        assertThat(SessionTable.lines(List.of(hostile), 0, null).get(1))
                .doesNotContain("\033", "\007", "\u202e", "\n");
    }

    @Test
    void idsAreLongEnoughToDiffer() {
        var sessions =
                List.of(
                        entry("aaaaaaaa-0000-4000-8000-000000000001", null),
                        entry("aaaaaaaa-0100-4000-8000-000000000001", null));

        assertThat(SessionTable.lines(sessions, 0, null).get(1)).startsWith("aaaaaaaa-00 ");
    }
}
