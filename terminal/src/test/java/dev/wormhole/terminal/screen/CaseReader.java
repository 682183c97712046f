package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.screen.ScreenCase.Expected;
import dev.wormhole.terminal.screen.ScreenCase.Place;
import dev.wormhole.terminal.screen.ScreenCase.Rendition;
import dev.wormhole.terminal.screen.ScreenCase.Step;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads one case of the corpus, line by line. */
final class CaseReader {

    private static final int DEFAULT_COLUMNS = 20;
    private static final int DEFAULT_ROWS = 6;

    private final String group;
    private final String name;
    private String citation;
    private Optional<String> unlike = Optional.empty();
    private int columns = DEFAULT_COLUMNS;
    private int rows = DEFAULT_ROWS;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> screen = new ArrayList<>();
    private Optional<Place> cursor = Optional.empty();
    private boolean wrapPending;
    private Optional<List<Integer>> wrapped = Optional.empty();
    private Optional<List<String>> history = Optional.empty();
    private final List<Rendition> renditions = new ArrayList<>();
    private Optional<String> title = Optional.empty();
    private boolean alternate;
    private String replies = "";
    private Optional<String> replyPattern = Optional.empty();
    private Optional<List<String>> events = Optional.empty();

    CaseReader(String group, String name, String citation) {
        this.group = group;
        this.name = name;
        this.citation = citation;
    }

    /** Whether its screen has been told, so that what follows is about the next case. */
    boolean isComplete() {
        return !screen.isEmpty();
    }

    void cite(String value) {
        citation = value;
    }

    /**
     * @param where the line's file and number, for messages
     */
    void line(String line, String where) {
        if (line.startsWith("|")) {
            screen.add(line.substring(1).stripTrailing());
            return;
        }
        int space = line.indexOf(' ');
        String key = space < 0 ? line : line.substring(0, space);
        String value = space < 0 ? "" : line.substring(space + 1);
        switch (key) {
            case "size" -> {
                int[] size = numbers(value, "x");
                columns = size[0];
                rows = size[1];
            }
            case "unlike" -> unlike = Optional.of(value);
            case "in" -> steps.add(new Step.Feed(Corpus.unescape(value)));
            case "resize" -> {
                int[] size = numbers(value, "x");
                steps.add(new Step.Resize(size[0], size[1]));
            }
            case "cursor" -> {
                wrapPending = value.endsWith(" wrap");
                int[] place = numbers(value.replace(" wrap", ""), ";");
                cursor = Optional.of(new Place(place[0], place[1]));
            }
            case "wrapped" ->
                    wrapped = Optional.of(Arrays.stream(numbers(value, " ")).boxed().toList());
            case "history" -> {
                if (value.isEmpty()) history = Optional.of(List.of());
                else history = Optional.of(with(history, value.substring(1)));
            }
            case "sgr" -> renditions.add(rendition(value));
            case "title" -> title = Optional.of(value);
            case "alternate" -> alternate = true;
            case "reply" ->
                    replies += new String(Corpus.unescape(value), StandardCharsets.ISO_8859_1);
            case "reply-like" -> replyPattern = Optional.of(value);
            case "event" ->
                    events = Optional.of(value.equals("none") ? List.of() : with(events, value));
            default -> throw new IllegalArgumentException(where + ": unknown word " + key);
        }
    }

    ScreenCase end() {
        if (citation.isEmpty()) throw new IllegalArgumentException(name + ": cites nothing");
        if (screen.isEmpty()) throw new IllegalArgumentException(name + ": tells no screen");
        while (!screen.isEmpty() && screen.getLast().isEmpty()) screen.removeLast();
        var expected =
                new Expected(
                        List.copyOf(screen),
                        cursor,
                        wrapPending,
                        wrapped,
                        history,
                        List.copyOf(renditions),
                        title,
                        alternate,
                        replies,
                        replyPattern,
                        events);
        return new ScreenCase(
                group, name, citation, unlike, columns, rows, List.copyOf(steps), expected);
    }

    /** {@code row;column parameters} or {@code row;from-to parameters}. */
    private static Rendition rendition(String value) {
        String[] words = value.split(" ");
        int[] place = numbers(words[0], "[;-]");
        return new Rendition(place[0], place[1], place[place.length - 1], words[1]);
    }

    private static List<String> with(Optional<List<String>> list, String value) {
        var longer = new ArrayList<>(list.orElse(List.of()));
        longer.add(value);
        return List.copyOf(longer);
    }

    private static int[] numbers(String text, String separator) {
        return Arrays.stream(text.split(separator)).mapToInt(Integer::parseInt).toArray();
    }
}
