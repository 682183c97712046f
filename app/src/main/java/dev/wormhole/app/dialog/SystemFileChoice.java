package dev.wormhole.app.dialog;

import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The dialogs of the desktop.
 *
 * <p>Owned by the FX thread, which goes on while one is open.
 */
public final class SystemFileChoice implements FileChoice {

    private final Window owner;
    private @Nullable File lastFolder;

    public SystemFileChoice(Window owner) {
        this.owner = owner;
    }

    @Override
    public Optional<Path> directory(String title, Optional<Path> from) {
        var chooser = new DirectoryChooser();
        chooser.setTitle(title);
        from.filter(Files::isDirectory).ifPresent(at -> chooser.setInitialDirectory(at.toFile()));
        return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
    }

    @Override
    public Optional<Path> newFile(String title, String name) {
        var chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(name);
        // One that is gone makes the dialog fail.
        if (lastFolder != null && lastFolder.isDirectory()) chooser.setInitialDirectory(lastFolder);
        File chosen = chooser.showSaveDialog(owner);
        if (chosen == null) return Optional.empty();
        lastFolder = chosen.getParentFile();
        return Optional.of(chosen.toPath());
    }
}
