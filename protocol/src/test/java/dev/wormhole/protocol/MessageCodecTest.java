package dev.wormhole.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class MessageCodecTest {

    @Test
    void everyKindOfMessageHasASample() {
        assertThat(Samples.CLIENT.stream().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(ClientMessage.class.getPermittedSubclasses());
        assertThat(Samples.SERVER.stream().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(ServerMessage.class.getPermittedSubclasses());
    }

    static List<ClientMessage> clientMessages() {
        return Samples.CLIENT;
    }

    static List<ServerMessage> serverMessages() {
        return Samples.SERVER;
    }

    @ParameterizedTest
    @MethodSource("clientMessages")
    void aClientMessageIsReadAsItWasWritten(ClientMessage message) {
        assertThat(MessageCodec.decodeClient(MessageCodec.encode(message, "r")))
                .isEqualTo(new Decoded.Message<>(message, "r"));
        assertThat(MessageCodec.decodeClient(MessageCodec.encode(message, null)))
                .isEqualTo(new Decoded.Message<>(message, null));
    }

    @ParameterizedTest
    @MethodSource("serverMessages")
    void aServerMessageIsReadAsItWasWritten(ServerMessage message) {
        assertThat(MessageCodec.decodeServer(MessageCodec.encode(message, "r")))
                .isEqualTo(new Decoded.Message<>(message, "r"));
    }

    @Test
    void aListEntryWritesEveryFieldAndNullWhereNothingIsKnown() {
        var bare =
                new SessionEntry(
                        Samples.ID,
                        null,
                        null,
                        null,
                        5,
                        6,
                        0,
                        false,
                        null,
                        Samples.SIZE,
                        null,
                        List.of(),
                        SessionKind.SHELL);

        assertThat(MessageCodec.encode(new ServerMessage.Sessions(List.of(bare)), null).toUtf8())
                .isEqualTo(
                        "{\"type\":\"session_list\",\"sessions\":[{\"id\":\"0f5b3c1e-9a77-4c0e-8d0b-3f1f5f2a9b10\","
                            + "\"name\":null,\"cwd\":null,\"title\":null,\"createdAt\":5,\"lastActiveAt\":6,"
                            + "\"clientCount\":0,\"isExited\":false,\"exitCode\":null,\"cols\":80,\"rows\":24,"
                            + "\"pid\":null,\"command\":[],\"kind\":\"shell\",\"isStored\":true}]}");
    }

    @Test
    void anExitWritesItsCodeEvenWhenThereIsNone() {
        assertThat(
                        MessageCodec.encode(
                                        new ServerMessage.Exit(
                                                Samples.ID, 3, 1, 5, null, null, ExitReason.LOST),
                                        null)
                                .toUtf8())
                .contains("\"exitCode\":null")
                .contains("\"reason\":\"lost\"")
                .doesNotContain("signal");
    }

    @Test
    void unknownFieldsAreIgnoredAndNullMeansAbsent() {
        Decoded<ClientMessage> decoded =
                MessageCodec.decodeClient(
                        ByteString.utf8(
                                "{\"type\":\"session_attach\",\"sessionId\":\""
                                        + Samples.ID
                                        + "\",\"cols\":null,\"rows\":null,\"resumeOffset\":null,\"later\":{\"x\":[1]}}"));

        assertThat(decoded)
                .isEqualTo(
                        new Decoded.Message<ClientMessage>(
                                new ClientMessage.Attach(
                                        Samples.ID, null, null, null, false, RespawnMode.AUTO),
                                null));
    }

    @Test
    void anUnknownTypeIsAValue() {
        assertThat(
                        MessageCodec.decodeServer(
                                ByteString.utf8("{\"type\":\"from_the_future\",\"ref\":\"r\"}")))
                .isEqualTo(new Decoded.Unknown<ServerMessage>("from_the_future", "r"));
    }

    @Test
    void aHappeningOfAnotherKindIsAValueThatClientsIgnore() {
        String json =
                "{\"type\":\"session_event\",\"sessionId\":\""
                        + Samples.ID
                        + "\",\"offset\":1,\"kind\":\"from_the_future\"}";

        assertThat(MessageCodec.decodeServer(ByteString.utf8(json)))
                .isEqualTo(new Decoded.Unknown<ServerMessage>("session_event", null));
    }

    @Test
    void aColourThatIsNoneNamesItsField() {
        for (String color : List.of("red", "#12345", "#1234567", "#12345g", "")) {
            String json =
                    "{\"type\":\"viewer_state\",\"colors\":{\"fg\":\"#ffffff\",\"cursor\":\"#000000\","
                        + "\"bg\":\""
                            + color
                            + "\"}}";
            assertThat(MessageCodec.decodeClient(ByteString.utf8(json)))
                    .as(color)
                    .isInstanceOfSatisfying(
                            Decoded.Malformed.class,
                            malformed -> assertThat(malformed.reason()).contains("bg"));
        }
    }

    @Test
    void aHistoryAnswerOfItsLargestSizeIsOneMessage() {
        var full =
                new ServerMessage.History(
                        Samples.ID,
                        Limits.MAX_INTEGER,
                        Limits.MAX_INTEGER,
                        Limits.MAX_INTEGER,
                        Limits.MAX_INTEGER,
                        ByteString.copyOf(new byte[Limits.HISTORY_LINE_BYTES]));

        assertThat(MessageCodec.encode(full, "r".repeat(Limits.REF_CHARS)).length())
                .isLessThan(Limits.MESSAGE_BYTES);
    }

    @Test
    void whatIsMalformedNamesItsField() {
        assertThat(
                        MessageCodec.decodeClient(
                                ByteString.utf8("{\"type\":\"session_create\",\"rows\":24}")))
                .isInstanceOfSatisfying(
                        Decoded.Malformed.class,
                        malformed -> assertThat(malformed.reason()).contains("cols"));
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void arbitraryAndDamagedBytesNeverThrow(int seed) {
        Random random = new Random(seed);
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        assertThat(MessageCodec.decodeClient(ByteString.copyOf(noise))).isNotNull();
        assertThat(MessageCodec.decodeServer(ByteString.copyOf(noise))).isNotNull();

        byte[] damaged =
                MessageCodec.encode(Samples.SERVER.get(seed % Samples.SERVER.size()), "ref")
                        .toArray();
        for (int i = 0; i < 20; i++) {
            byte[] copy = Arrays.copyOf(damaged, 1 + random.nextInt(damaged.length));
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
            assertThat(MessageCodec.decodeServer(ByteString.copyOf(copy)))
                    .as("seed %d", seed)
                    .isNotNull();
            assertThat(MessageCodec.decodeClient(ByteString.copyOf(copy)))
                    .as("seed %d", seed)
                    .isNotNull();
        }
    }

    @Test
    void deepNestingIsRefusedAndDoesNotOverflow() {
        String deep = "{\"type\":\"ping\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(MessageCodec.decodeClient(ByteString.utf8(deep)))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void anIntegerKeepsEveryDigitUpTo53Bits() throws Exception {
        assertThat(Json.parseObject("{\"n\":9007199254740991}").integer("n", 0, Limits.MAX_INTEGER))
                .isEqualTo(9007199254740991L);
        assertThat(
                        MessageCodec.decodeClient(
                                ByteString.utf8(
                                        "{\"type\":\"output_ack\",\"channel\":1,\"offset\":9007199254740992}")))
                .isInstanceOf(Decoded.Malformed.class);
    }
}
