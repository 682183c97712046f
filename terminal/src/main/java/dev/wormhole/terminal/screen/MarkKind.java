package dev.wormhole.terminal.screen;

/** What OSC 133 marks (FinalTerm's semantic prompts). */
public enum MarkKind {
    /** A: the prompt begins. */
    PROMPT,
    /** B: the prompt ended, what follows is typed. */
    COMMAND,
    /** C: the command's output begins. */
    OUTPUT,
    /** D: the command ended, perhaps with a status. */
    END
}
