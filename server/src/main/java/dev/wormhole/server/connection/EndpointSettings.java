package dev.wormhole.server.connection;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

import javax.net.ssl.SSLContext;

/**
 * Where and how the endpoint listens, and what it serves beside the sessions.
 *
 * <p>Immutable.
 *
 * @param tls null for plain, which is for loopback alone
 * @param maxConnections more are closed at once
 * @param serverName what hello calls the server
 * @param keepers for clients that ask who holds the processes
 */
public record EndpointSettings(
        InetSocketAddress address,
        @Nullable SSLContext tls,
        int maxConnections,
        String serverName,
        KeeperDesk keepers) {}
