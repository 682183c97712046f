package dev.wormhole.server.connection;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

import javax.net.ssl.SSLContext;

/**
 * Where and how the endpoint listens.
 *
 * <p>Immutable.
 *
 * @param tls null for plain, which is for loopback alone
 * @param maxConnections more are closed at once
 * @param serverName what hello calls the server
 */
public record EndpointSettings(
        InetSocketAddress address,
        @Nullable SSLContext tls,
        int maxConnections,
        String serverName) {}
