package dev.wormhole.app.dialog;

import java.nio.file.Path;
import java.util.Optional;

/** Asks the person for a place on this computer's disk. Owned by the FX thread. */
public interface FileChoice {

    /** A directory that exists; empty where the person thinks better of it. */
    Optional<Path> directory(String title, Optional<Path> from);

    /** A file to write, whose overwriting was confirmed. */
    Optional<Path> newFile(String title, String name);
}
