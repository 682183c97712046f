package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class ShellWordsTest {

    @Test
    void plainWordsAreNotQuoted() {
        assertThat(ShellWords.quote(List.of("vim", "-p", "a/b.c:1", "--x=y", "notes.txt")))
                .isEqualTo("vim -p a/b.c:1 --x=y notes.txt");
    }

    @Test
    void aProgramIsNeverTakenForAnAssignmentNorAnythingForAPattern() {
        assertThat(ShellWords.quote(List.of("a=b", "~", "*", "", "$x")))
                .isEqualTo("'a=b' '~' '*' '' '$x'");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aShellReadsTheWordsThatWereQuoted() throws Exception {
        var words =
                List.of(
                        "it's",
                        "two  words",
                        "",
                        "$HOME",
                        "`id`",
                        "a\\b",
                        "!!",
                        "\"",
                        "#",
                        "{a,b}",
                        "ü€",
                        "x;y",
                        "&",
                        "-n",
                        "''",
                        "~root",
                        "=ls");
        var line = new ArrayList<>(List.of("printf", "%s\\n"));
        line.addAll(words);

        Process shell = new ProcessBuilder("/bin/sh", "-c", ShellWords.quote(line)).start();

        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        assertThat(said.split("\n", -1)).startsWith(words.toArray(String[]::new));
    }
}
