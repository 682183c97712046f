package dev.wormhole.app.workspace;

import dev.wormhole.app.layout.Direction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which key asks for which command. These keys are taken before the terminal sees them.
 *
 * <p>Immutable.
 */
public final class KeyBindings {

    /**
     * Bindings changed by settings.
     *
     * @param problems a sentence for each entry that could not be understood and was left out
     */
    public record Customised(KeyBindings bindings, List<String> problems) {
        public Customised {
            problems = List.copyOf(problems);
        }
    }

    private final Map<KeyChord, WorkspaceCommand> table;

    private KeyBindings(Map<KeyChord, WorkspaceCommand> table) {
        this.table = Collections.unmodifiableMap(table);
    }

    /** What the keys do where no setting says otherwise. */
    public static KeyBindings defaults() {
        var table = new LinkedHashMap<KeyChord, WorkspaceCommand>();
        bind(table, new WorkspaceCommand.SplitRight(), "Ctrl+Shift+D");
        bind(table, new WorkspaceCommand.SplitDown(), "Ctrl+Shift+E");
        bind(table, new WorkspaceCommand.NewShell(), "Ctrl+Shift+N");
        bind(table, new WorkspaceCommand.NewUnstoredShell(), "Ctrl+Shift+P");
        bind(table, new WorkspaceCommand.Close(), "Ctrl+Shift+W");
        bind(table, new WorkspaceCommand.Detach(), "Ctrl+Shift+X");
        for (Direction direction : Direction.values()) {
            var focus = new WorkspaceCommand.FocusDirection(direction);
            bind(table, focus, "Ctrl+Shift+" + direction);
            bind(table, new WorkspaceCommand.MoveDivider(direction), "Alt+Shift+" + direction);
        }
        bind(table, new WorkspaceCommand.FocusNext(true), "Ctrl+Tab");
        bind(table, new WorkspaceCommand.FocusNext(false), "Ctrl+Shift+Tab");
        bind(table, new WorkspaceCommand.Zoom(), "Ctrl+Shift+Z");
        bind(table, new WorkspaceCommand.Rename(), "Ctrl+Shift+R");
        bind(table, new WorkspaceCommand.ShowSessions(), "Ctrl+Shift+L");
        bind(table, new WorkspaceCommand.RunTask(), "Ctrl+Shift+T");
        bind(table, new WorkspaceCommand.ShowTasks(), "Ctrl+Shift+J");
        bind(table, new WorkspaceCommand.Connect(), "Ctrl+Shift+O");
        bind(table, new WorkspaceCommand.ShowAppearance(), "Ctrl+,");
        // On many layouts plus is typed with Shift, as the upper half of equals.
        bind(
                table,
                new WorkspaceCommand.FontLarger(),
                "Ctrl++",
                "Ctrl+=",
                "Ctrl+Shift++",
                "Ctrl+Shift+=",
                "Ctrl+Add");
        bind(table, new WorkspaceCommand.FontSmaller(), "Ctrl+-", "Ctrl+Subtract");
        bind(table, new WorkspaceCommand.FontReset(), "Ctrl+0", "Ctrl+Numpad0");
        bind(table, new WorkspaceCommand.Copy(), "Ctrl+Shift+C");
        bind(table, new WorkspaceCommand.Paste(), "Ctrl+Shift+V");
        bind(table, new WorkspaceCommand.Find(), "Ctrl+Shift+F");
        return new KeyBindings(table);
    }

    /** What the chord asks for; empty: it belongs to the terminal. */
    public Optional<WorkspaceCommand> command(KeyChord chord) {
        return Optional.ofNullable(table.get(chord));
    }

    /** The chords of a command, the one to show first. */
    public List<KeyChord> chords(WorkspaceCommand command) {
        return table.entrySet().stream()
                .filter(entry -> entry.getValue().equals(command))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * These bindings with some commands bound anew: a command named here has exactly the chords
     * given, none for an empty list, and takes them from whoever had them.
     *
     * @param overrides chords by command name, as in {@link WorkspaceCommand#byName}
     */
    public Customised customise(Map<String, List<String>> overrides) {
        var changed = new LinkedHashMap<>(table);
        var wanted = new LinkedHashMap<KeyChord, WorkspaceCommand>();
        var problems = new ArrayList<String>();
        overrides.forEach(
                (name, chords) -> {
                    Optional<WorkspaceCommand> command = WorkspaceCommand.named(name);
                    if (command.isEmpty()) {
                        problems.add("keys: no command is called \"" + name + "\"");
                        return;
                    }
                    changed.values().removeIf(command.get()::equals);
                    for (String chord : chords)
                        KeyChord.parse(chord)
                                .ifPresentOrElse(
                                        parsed -> wanted.put(parsed, command.get()),
                                        () -> problems.add(notAChord(name, chord)));
                });
        changed.putAll(wanted);
        return new Customised(new KeyBindings(changed), problems);
    }

    private static String notAChord(String name, String chord) {
        return "keys: " + name + ": not a key: \"" + chord + "\" (write it like Ctrl+Shift+D)";
    }

    private static void bind(
            Map<KeyChord, WorkspaceCommand> table, WorkspaceCommand command, String... chords) {
        for (String chord : chords) table.put(KeyChord.parse(chord).orElseThrow(), command);
    }
}
