package dev.wormhole.app.dialog;

import java.util.List;

/** Remembers which tasks a person has run. Owned by the FX thread; nothing blocks. */
public interface TaskMemory {

    /** The newest first, each command once. */
    List<TaskRecipe> recent();

    /** This one was run. */
    void keep(TaskRecipe recipe);
}
