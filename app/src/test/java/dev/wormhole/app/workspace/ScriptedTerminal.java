package dev.wormhole.app.workspace;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import java.util.ArrayList;
import java.util.List;

/** A terminal that writes down what it is told. */
final class ScriptedTerminal implements TerminalPort {

    final List<String> told = new ArrayList<>();

    @Override
    public void feed(ByteString bytes) {
        told.add(bytes.toUtf8());
    }

    @Override
    public void hash(long hash) {}

    @Override
    public void resync(TerminalSize size, ByteString snapshot, boolean keepHistory) {
        told.add("resync " + size + " " + snapshot.toUtf8());
    }

    @Override
    public void resize(TerminalSize size) {
        told.add("resize " + size);
    }
}
