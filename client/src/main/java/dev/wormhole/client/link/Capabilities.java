package dev.wormhole.client.link;

import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.ServerMessage;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the user of a link can do beyond protocol 1; told in hello.
 *
 * <p>Immutable.
 *
 * @param screen the version of the screens that this end keeps for its sessions; 0 without them
 */
public record Capabilities(Set<Feature> features, int screen) {

    public static final Capabilities NONE = new Capabilities(Set.of(), 0);

    public Capabilities {
        features = Set.copyOf(features);
        if (features.contains(Feature.HASH) && screen == 0) {
            throw new IllegalArgumentException("nothing to compare without a screen");
        }
    }

    /** The words for hello. */
    List<String> words() {
        return features.stream().sorted().map(Feature::wireName).toList();
    }

    /** What both ends can do: screens of different versions need not agree. */
    Set<Feature> agreed(ServerMessage.Hello server) {
        Set<Feature> agreed = EnumSet.noneOf(Feature.class);
        for (Feature feature : features) {
            if (server.features().contains(feature.wireName())) agreed.add(feature);
        }
        if (server.screen() != screen) agreed.remove(Feature.HASH);
        return agreed;
    }
}
