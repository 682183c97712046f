package dev.wormhole.terminal.screen;

/**
 * A link (OSC 8). Two of one id and URI are one link.
 *
 * <p>Immutable.
 *
 * @param id as written, empty where none was
 */
public record Hyperlink(String id, String uri) {}
