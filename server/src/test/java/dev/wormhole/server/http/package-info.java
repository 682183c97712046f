package dev.wormhole.server.http;
