package dev.wormhole.server.connection;

import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.server.task.TaskService;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.function.Supplier;

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
 * @param recovery what the server's start brought back; safe from any thread
 * @param store how the store is doing now; safe from any thread
 * @param tasks those that run and those that are history
 */
public record EndpointSettings(
        InetSocketAddress address,
        @Nullable SSLContext tls,
        int maxConnections,
        String serverName,
        KeeperDesk keepers,
        Supplier<ServerMessage.Recovery> recovery,
        Supplier<ServerMessage.StoreState> store,
        TaskService tasks) {}
