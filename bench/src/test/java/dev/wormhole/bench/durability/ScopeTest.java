package dev.wormhole.bench.durability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;

class ScopeTest {

    @TempDir Path directory;

    @Test
    void theNewestEndsFirstAndEachOnce() {
        var ended = new ArrayList<String>();
        var scope = new Scope(directory);
        scope.add(() -> ended.add("disk"));
        scope.add(() -> ended.add("server"));

        scope.close();
        scope.close();

        assertThat(ended).containsExactly("server", "disk");
    }

    @Test
    void whatDoesNotEndKeepsNobodyFromEnding() {
        var ended = new ArrayList<String>();
        var scope = new Scope(directory);
        scope.add(() -> ended.add("disk"));
        scope.add(
                () -> {
                    throw new IOException("it stays");
                });

        scope.close();

        assertThat(ended).containsExactly("disk");
    }

    @Test
    void theOuterOneEndsWhatAnInnerOneHasNot() throws IOException {
        var ended = new ArrayList<String>();
        var scope = new Scope(directory);
        Scope inner = scope.inner();
        inner.add(() -> ended.add("server"));

        scope.close();

        assertThat(ended).containsExactly("server");
        assertThat(inner.directory()).isDirectory().isNotEqualTo(directory);
    }
}
