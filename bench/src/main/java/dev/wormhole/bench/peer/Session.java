package dev.wormhole.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A terminal with a script in it. Immutable.
 *
 * <p>Every script begins with the function {@code ready}: until {@code go} is typed it answers each
 * line, so that whoever types knows to be attached and heard.
 *
 * @param parent file in which the script leaves the pid of what keeps its terminal
 */
public record Session(String name, Path script, Path parent) {

    static Session write(Path directory, String name, String body) throws IOException {
        Path script = directory.resolve(name + ".sh");
        Path parent = directory.resolve(name + ".pid");
        Files.writeString(
                script,
                """
                stty -echo
                echo $PPID >%s.new && mv %s.new %s
                ready() {
                    while read line && [ "$line" != go ]; do echo "<<$line>>"; done
                }
                %s
                """
                        .formatted(parent, parent, parent, body));
        return new Session(name, script, parent);
    }
}
