package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class LinksTest {

    private final Screen screen = new Screen(200, 10, 100, new ScreenListener() {});

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\1',
            value = {
                "http://x.org http://x.org",
                "HTTPS://x.org/A https://x.org/A",
                "ftp://x.org/a;type=i ftp://x.org/a;type=i",
                "ssh://me@x.org:22/~/a ssh://me@x.org:22/~/a",
                "file:///tmp/a%20b file:///tmp/a%20b",
                "file://host/tmp file://host/tmp",
                "file:/tmp/a.java file:///tmp/a.java",
                "mailto:me@x.org?subject=hi mailto:me@x.org?subject=hi",
                "http://x.org/. http://x.org/",
                "http://x.org/a.b,c. http://x.org/a.b,c",
                "http://x.org/?q=a! http://x.org/?q=a",
                "(http://x.org/a) http://x.org/a",
                "[text](http://x.org/a_(b)). http://x.org/a_(b)",
                "http://x.org/a_(b)... http://x.org/a_(b)",
                "http://x.org/f( http://x.org/f",
                "[http://x.org/a[1]] http://x.org/a%5B1%5D",
                "http://[::1]:8080/a http://[::1]:8080/a",
                "<http://x.org/a> http://x.org/a",
                "\"http://x.org/a\" http://x.org/a",
                "'http://x.org/a'b http://x.org/a",
                "`http://x.org/a` http://x.org/a",
                "{http://x.org/a} http://x.org/a",
                "│http://x.org/a│ http://x.org/a",
                "「http://x.org/a」 http://x.org/a",
                "見http://x.org/a http://x.org/a",
                "url=http://x.org/a http://x.org/a",
                "http://x.org/a?u=http://y.org/b http://x.org/a?u=http://y.org/b",
                "http://müller.example/ä http://müller.example/ä",
                "http://例え.jp/日本 http://例え.jp/日本",
                "http://x.org/100%/a http://x.org/100%25/a",
                "http://x.org/#/a#b http://x.org/#/a%23b",
                "http://localhost:3000 http://localhost:3000",
                "http://x.org:80. http://x.org:80",
            })
    void aUrlInTheTextIsALink(String text, String uri) {
        feed("see " + text + " there");

        TextLink link = Links.at(screen.copy(), 0, 4 + text.length() / 2).orElseThrow();

        assertThat(link.uri()).isEqualTo(uri);
        assertThat(URI.create(link.uri()).isAbsolute()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "http://",
                "http:///path",
                "http://.",
                "http://-",
                "http://x.org:port/",
                "http://a@b@c/",
                "http://x%zz.org/",
                "javascript:alert(1)",
                "javascript://x.org/%0aalert(1)",
                "data:text/html,x",
                "vscode://file/x",
                "git+ssh://x.org/a",
                "xhttp://x.org",
                "mailto:nobody",
                "file:relative",
                "file://host",
                "http://x.org/\u202egro.live",
                "http://x.org\u200b.evil.org/",
                "http://x.org/a\u2066b",
                "http://x.org/a\u00adb",
                "http://x.org/a\u3164b",
                "http://x.org/a\ufe0fb",
            })
    void whatIsNotWellFormedOrHidesSomethingIsNone(String text) {
        feed(text);

        for (int column = 0; column < 40; column++) {
            assertThat(Links.at(screen.copy(), 0, column)).isEmpty();
        }
    }

    @Test
    void aUrlIsJoinedOverSoftWrapsAndUnderlinedInWhole() {
        var narrow = new Screen(9, 2, 100, new ScreenListener() {});
        feed(narrow, "日本 http://example.org/some/path?x=1, and");

        TextLink link = Links.at(narrow.copy(), 0, 30).orElseThrow();

        assertThat(link.uri()).isEqualTo("http://example.org/some/path?x=1");
        assertThat(link.cells()).containsExactly(new CellRange(0, 5, 37));
        assertThat(Links.at(narrow.copy(), 0, 4)).isEmpty();
        assertThat(Links.at(narrow.copy(), 0, 5)).contains(link);
        assertThat(Links.at(narrow.copy(), 0, 36)).contains(link);
        assertThat(Links.at(narrow.copy(), 0, 37)).isEmpty();
    }

    @Test
    void theSecondOfTwoUrlsIsFoundAndNothingBetweenThem() {
        feed("http://a.org, http://b.org");

        assertThat(uriAt(0, 3)).contains("http://a.org");
        assertThat(uriAt(0, 12)).isEmpty();
        assertThat(uriAt(0, 20)).contains("http://b.org");
    }

    @Test
    void aLinkOfAProgramIsItsAdjacentCells() {
        feed("a \033]8;;https://x.org/\033\\li\033[1mnk\033[m\033]8;;\033\\ b");
        feed("\033]8;;https://x.org/\033\\again\033]8;;\033\\");

        TextLink link = Links.at(screen.copy(), 0, 3).orElseThrow();

        assertThat(link.uri()).isEqualTo("https://x.org/");
        assertThat(link.cells()).containsExactly(new CellRange(0, 2, 6));
        assertThat(Links.at(screen.copy(), 0, 6)).isEmpty();
        assertThat(Links.at(screen.copy(), 0, 9).orElseThrow().cells())
                .containsExactly(new CellRange(0, 8, 13));
    }

    @Test
    void aLinkWithAnIdGoesOnInTheLinesBelowAndAbove() {
        String open = "\033]8;id=1;https://x.org/\033\\";
        String close = "\033]8;;\033\\";
        feed("|" + open + "one" + close + "|\r\n");
        feed("|" + open + "two" + close + "|" + open + "three" + close + "\r\n");
        feed("nothing\r\n" + open + "four" + close);
        feed("\r\n\033]8;id=2;https://x.org/\033\\five" + close);

        TextLink link = Links.at(screen.copy(), 1, 2).orElseThrow();

        assertThat(link.cells())
                .containsExactly(
                        new CellRange(0, 1, 4), new CellRange(1, 1, 4), new CellRange(1, 5, 10));
        assertThat(Links.at(screen.copy(), 3, 0).orElseThrow().cells())
                .containsExactly(new CellRange(3, 0, 4));
    }

    @Test
    void aLinkOfAProgramToWhatIsNotOpenedIsNoneWhateverItsTextSays() {
        feed("\033]8;;javascript:alert(1)\033\\https://x.org\033]8;;\033\\ ");
        feed("\033]8;;http:///\033\\https://x.org\033]8;;\033\\");

        assertThat(uriAt(0, 3)).isEmpty();
        assertThat(uriAt(0, 18)).isEmpty();
    }

    @Test
    void everyUrlThatIsFoundIsOneThatOthersTake() {
        String[] parts = {
            "http://", "x.org", "/", "a", "(", ")", "[", "]", "?", "#", "%", "%41", "&", "'", ".",
            ":", "@", "日", "é", "\u202e", "mailto:", "file://", " ", "//", "\u3000", ";", "\"", "~"
        };
        var random = new Random(11);
        int found = 0;
        for (int round = 0; round < 1000; round++) {
            var text = new StringBuilder("http://");
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            feed("\033[2J\033[H" + text);
            ScreenCopy copy = screen.copy();
            long line = copy.rows().getFirst().line();
            for (int column = 0; column < 40; column++) {
                Optional<TextLink> link = Links.at(copy, line, column);
                if (link.isEmpty()) continue;
                found++;
                assertThat(URI.create(link.get().uri()).isAbsolute()).as(text.toString()).isTrue();
                List<CellRange> cells = link.get().cells();
                assertThat(cells.getFirst().holds(column)).isTrue();
            }
        }
        assertThat(found).isGreaterThan(300);
    }

    private Optional<String> uriAt(long line, int column) {
        return Links.at(screen.copy(), line, column).map(TextLink::uri);
    }

    private void feed(String text) {
        feed(screen, text);
    }

    private static void feed(Screen screen, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }
}
