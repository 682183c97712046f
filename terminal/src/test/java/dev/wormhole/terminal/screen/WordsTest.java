package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Random;

class WordsTest {

    private final Words words = new Words(Words.DEFAULT_EXTRA);

    /** The click is on the character after the caret. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "one t^wo three;two",
                "^one;one",
                "one tw^o;two",
                "cat ./some-d^ir/a_file.txt now;./some-dir/a_file.txt",
                "see ~/.c^onfig/x.json.;~/.config/x.json",
                "cd ../.^. now;../..",
                "cd .^.;..",
                "go test ./..^.;./...",
                "wait..^. what;...",
                "wa^it... what;wait",
                "really^?;?",
                "real^ly?;really",
                "git push --force-with-l^ease=main;--force-with-lease=main",
                "int some_na^me2 = 1;some_name2",
                "call(ar^g, b);arg",
                "call^(arg);(",
                "x[in^dex];index",
                "\"quo^ted\";quoted",
                "a ==^= b;===",
                "a |^| b;||",
                "┌──^──┐;────",
                "src/Ma^in.java:12:5: error;src/Main.java",
                "Main.java:1^2:5: error;12",
                "me@ho^st.org:dir;me@host.org",
                "^a   b;a",
                "naï^ve cafe\u0301 x;naïve",
                "x caf^e\u0301 x;cafe\u0301",
                "это сл^ово;слово",
                "漢^字かな;漢字",
                "漢字か^なカナ;かな",
                "漢字かなカ^ナー;カナー",
                "らー^めん;らーめん",
                "日本語abc^def;abcdef",
                "한국^어 text;한국어",
                "👍👍^👍x;👍👍👍",
                "(see https://x.org/a_(b),^c).;https://x.org/a_(b),c",
                "see <http://x.^org/a?b=c&d#e>.;http://x.org/a?b=c&d#e",
            })
    void aDoubleClickPicksWhatIsMeant(String text, String word) {
        Screen screen = screen(200, 3);
        int caret = text.indexOf('^');
        feed(screen, text.substring(0, caret));
        int column = screen.cursorColumn();
        feed(screen, text.substring(caret + 1));

        assertThat(pick(screen.copy(), 0, column)).isEqualTo(word);
    }

    @Test
    void aWordReachesAcrossSoftWrapsAndIntoTheScrollback() {
        Screen screen = screen(7, 2);
        feed(screen, "a abcdefghijklmnopqrstuvwxyz b");

        assertThat(words.word(screen.copy(), 0, 22)).isEqualTo(new CellRange(0, 2, 28));
        assertThat(Words.line(screen.copy(), 0)).isEqualTo(new CellRange(0, 0, 30));
    }

    @Test
    void theSecondHalfOfAWideCharacterIsTheCharacter() {
        Screen screen = screen(20, 2);
        feed(screen, "ab漢字cd");

        for (int column = 2; column < 6; column++) {
            assertThat(words.word(screen.copy(), 0, column)).isEqualTo(new CellRange(0, 2, 6));
        }
    }

    @Test
    void behindTheLineIsNothingButBlank() {
        Screen screen = screen(20, 3);
        feed(screen, "ab\r\n\r\ncd");

        assertThat(words.word(screen.copy(), 0, 9)).isEqualTo(new CellRange(0, 2, 10));
        assertThat(words.word(screen.copy(), 1, 0)).isEqualTo(new CellRange(1, 0, 1));
        assertThat(Words.line(screen.copy(), 1)).isEqualTo(new CellRange(1, 0, 0));
    }

    @Test
    void ofBlanksItIsAllOfThemWhetherWrittenOrNot() {
        Screen screen = screen(20, 2);
        feed(screen, "a  \033[3C b");

        assertThat(words.word(screen.copy(), 0, 1)).isEqualTo(new CellRange(0, 1, 7));
        assertThat(words.word(screen.copy(), 0, 4)).isEqualTo(new CellRange(0, 1, 7));
    }

    @Test
    void theExtraCharactersArePeoplesChoice() {
        Screen screen = screen(40, 2);
        feed(screen, "a std::vec-tor b");

        CellRange range = new Words(":").word(screen.copy(), 0, 4);

        assertThat(range).isEqualTo(new CellRange(0, 2, 10));
    }

    @Test
    void wordsOfALinePartItWhateverStandsThere() {
        var random = new Random(5);
        for (int round = 0; round < 300; round++) {
            Screen screen = screen(2 + random.nextInt(40), 1 + random.nextInt(6));
            for (int i = 0; i < 60; i++) {
                byte[] bytes = ScreenOutput.piece(random);
                screen.feed(bytes, 0, bytes.length);
            }
            ScreenCopy copy = screen.copy();
            for (long n = copy.firstLine(); n < copy.endLine(); n++) {
                int width = Words.line(copy, n).to();
                for (int column = 0; column < width; ) {
                    CellRange word = words.word(copy, n, column);
                    assertThat(word.holds(column)).isTrue();
                    for (int other = word.from(); other < word.to(); other++) {
                        assertThat(words.word(copy, n, other)).isEqualTo(word);
                    }
                    column = word.to();
                }
            }
        }
    }

    private String pick(ScreenCopy copy, long line, int column) {
        CellRange range = words.word(copy, line, column);
        var text = new IndexedLine();
        copy.line(line, text);
        return text.text().substring(text.indexOf(range.from()), text.indexOf(range.to()));
    }

    private static Screen screen(int columns, int rows) {
        return new Screen(columns, rows, 100, new ScreenListener() {});
    }

    private static void feed(Screen screen, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }
}
