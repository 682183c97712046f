package dev.wormhole.terminal;

/**
 * The modes that decide what the mouse sends.
 *
 * <p>Immutable.
 */
public record MouseModes(MouseTracking tracking, MouseFormat format) {

    public static final MouseModes OFF = new MouseModes(MouseTracking.OFF, MouseFormat.DEFAULT);
}
