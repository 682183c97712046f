package dev.wormhole.terminal.screen;

/** What OSC 133 marks (FinalTerm's semantic prompts). */
public enum MarkKind {
    /** A: the prompt begins. */
    PROMPT(0),
    /** B: the prompt ended, what follows is typed. */
    COMMAND(1),
    /** C: the command's output begins. */
    OUTPUT(2),
    /** D: the command ended, perhaps with a status. */
    END(3);

    /** In snapshots and blocks. */
    final int number;

    MarkKind(int number) {
        this.number = number;
    }
}
