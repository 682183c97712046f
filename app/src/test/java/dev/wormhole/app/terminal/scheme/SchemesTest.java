package dev.wormhole.app.terminal.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;

import javafx.scene.paint.Color;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

class SchemesTest {

    private static final String EIGHT =
            "\"#000001\",\"#000002\",\"#000003\",\"#ffff00\",\"#000005\",\"#000006\",\"#000007\","
                    + "\"#000008\"";
    private static final String OWN =
            "{\"name\":\"Mine\",\"foreground\":\"#FFFFFF\",\"background\":\"#000000\","
                    + "\"cursor\":\"#00ff00\",\"selection\":\"#333333\",\"palette\":["
                    + EIGHT
                    + ","
                    + EIGHT
                    + "]}";

    @Test
    void thereAreSchemesForNightAndDayAndTheirNamesAreTheirOwn() {
        List<String> names =
                Stream.of(true, false)
                        .flatMap(dark -> Schemes.builtIn().all(dark).stream())
                        .map(Scheme::name)
                        .toList();

        assertThat(names).hasSize(12).doesNotHaveDuplicates();
        assertThat(Schemes.builtIn().all(true))
                .first()
                .extracting(Scheme::name)
                .isEqualTo(Schemes.DARK);
        assertThat(Schemes.builtIn().all(false))
                .first()
                .extracting(Scheme::name)
                .isEqualTo(Schemes.LIGHT);
    }

    @Test
    void plainTextOfEverySchemeCanBeRead() {
        for (boolean dark : new boolean[] {true, false}) {
            for (Scheme scheme : Schemes.builtIn().all(dark)) {
                assertThat(contrast(scheme.foreground(), scheme.background()))
                        .as(scheme.name())
                        .isGreaterThan(4);
                assertThat(contrast(scheme.cursor(), scheme.background()))
                        .as(scheme.name())
                        .isGreaterThan(3);
            }
        }
    }

    @Test
    void onlyOurOwnSchemesHaveOtherColoursBehindText() {
        var own = new HashSet<>(List.of(Schemes.DARK, Schemes.LIGHT));
        for (boolean dark : new boolean[] {true, false})
            for (Scheme scheme : Schemes.builtIn().all(dark))
                assertThat(scheme.grounds().equals(scheme.palette()))
                        .as(scheme.name())
                        .isNotEqualTo(own.contains(scheme.name()));
    }

    @Test
    void anOwnSchemeStandsBesideTheOthers() throws Exception {
        Schemes.Extended extended = with(OWN);

        assertThat(extended.problems()).isEmpty();
        Scheme own = extended.schemes().orDefault("Mine", true);
        assertThat(own.foreground()).isEqualTo(Color.WHITE);
        assertThat(own.palette()).hasSize(16);
        assertThat(own.grounds()).isEqualTo(own.palette());
        assertThat(own.found()).isEqualTo(Color.BLACK.interpolate(Color.YELLOW, 0.4));
        assertThat(extended.schemes().find("Mine", false)).isEmpty();
        assertThat(extended.schemes().find("Nord", true)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"#FFFFFF\"|\"white\"|foreground: write a colour like #1e90ff, not white",
                "\"#FFFFFF\"|\"#000000\"|foreground and background are the same",
                "\"cursor\"|\"curser\"|no field is called curser",
                "\"palette\":[|\"palette\":[\"#123456\",|palette has 17 colours, not 16",
                "\"palette\":[|\"grounds\":[],\"palette\":[|grounds has 0 colours, not 16",
                "\"cursor\":\"#00ff00\",||cursor",
                "\"#333333\"|7|selection",
                "\"Mine\"|\" Mine\"|name is blank or has stray characters",
                "\"Mine\"|\"Nord\"|there is another one of this name",
            })
    void aSchemeWithAMistakeIsLeftOutAndToldWhy(String good, String bad, String why)
            throws Exception {
        String replacement = bad == null ? "" : bad;

        Schemes.Extended extended = with(OWN.replace(good, replacement), OWN);

        assertThat(extended.problems()).singleElement().asString().contains("left out", why);
        assertThat(extended.schemes().find("Mine", true)).isPresent();
    }

    @Test
    void aSchemeThatIsNoneIsToldByItsPlace() throws Exception {
        assertThat(with(OWN, "3").problems())
                .containsExactly("Colour scheme number 2 is left out: not an object");
        assertThat(Schemes.builtIn().with(Json.parse("{}")).problems()).hasSize(1);
        assertThat(Schemes.builtIn().with(null).problems()).isEmpty();
    }

    @Test
    void anUnknownNameMeansTheDefault() {
        assertThat(Schemes.builtIn().orDefault("nobody", true).name()).isEqualTo(Schemes.DARK);
        assertThat(Schemes.builtIn().orDefault("Nord", false).name()).isEqualTo(Schemes.LIGHT);
    }

    private static Schemes.Extended with(String... own) throws JsonException {
        return Schemes.builtIn().with(Json.parse("[" + String.join(",", own) + "]"));
    }

    /** As the web's accessibility guidelines have it: from 1, the same, to 21. */
    private static double contrast(Color a, Color b) {
        List<Double> both = Stream.of(a, b).map(SchemesTest::luminance).sorted().toList();
        return (Collections.max(both) + 0.05) / (Collections.min(both) + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
