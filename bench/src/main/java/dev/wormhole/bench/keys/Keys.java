package dev.wormhole.bench.keys;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Types every row in every mode into every terminal: {@code bench/keys}. Arguments: terminals,
 * modes and rows, each joined by commas; the folder for the tables; one for everything else.
 */
public final class Keys {

    private final List<Mode> modes;
    private final List<Row> rows;

    private Keys(List<Mode> modes, List<Row> rows) {
        this.modes = modes;
        this.rows = rows;
    }

    public static void main(String[] words) throws IOException {
        List<Subject> subjects;
        Keys keys;
        try {
            subjects = list(words[0]).stream().map(Subject::named).toList();
            List<Mode> modes = list(words[1]).stream().map(Mode::named).toList();
            keys = new Keys(modes, list(words[2]).stream().map(Row::of).toList());
        } catch (IllegalArgumentException e) {
            System.err.println("keys: " + e.getMessage());
            System.exit(2);
            return;
        }
        for (Subject subject : subjects) {
            Path directory = Files.createDirectory(Path.of(words[4], subject.lowerName()));
            Path table = Path.of(words[3], subject.lowerName() + ".tsv");
            try (var terminal = new Terminal(subject, directory);
                    Writer writer = Files.newBufferedWriter(table)) {
                keys.type(subject, terminal, writer);
            }
        }
        // JNA and the recorders keep threads.
        System.exit(0);
    }

    private static List<String> list(String words) {
        return List.of(words.split(","));
    }

    private void type(Subject subject, Terminal terminal, Writer table) throws IOException {
        for (Mode mode : modes) {
            if (!subject.knows(mode)) continue;
            System.err.println("keys: " + subject.lowerName() + " " + mode.name());
            Typist typist = terminal.ask(mode);
            for (Row row : rows) {
                terminal.plug(row);
                typist.lock(row.lock());
                typist.learnMark();
                for (Stroke stroke : row.strokes()) {
                    String sent = typist.type(row.codes(), stroke);
                    String[] cells = {mode.name(), row.keyboard(), row.held(), stroke.name(), sent};
                    table.write(String.join("\t", cells) + "\n");
                }
                typist.lock(row.lock());
            }
            table.flush();
        }
    }
}
