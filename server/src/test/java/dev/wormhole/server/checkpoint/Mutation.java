package dev.wormhole.server.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** One way to damage the three files of a store that nobody has open. */
public interface Mutation {

    /** What it did, for a person. */
    String apply(Path directory) throws Exception;

    static Mutation of(Random random) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> directory -> flip(directory, "", random);
            case 2 -> directory -> cut(directory, "", random);
            case 3 -> directory -> blank(directory, "", random);
            case 4 -> directory -> flip(directory, "-wal", random);
            case 5 -> directory -> cut(directory, "-wal", random);
            case 6 ->
                    directory ->
                            random.nextBoolean()
                                    ? flip(directory, "-shm", random)
                                    : cut(directory, "-shm", random);
            case 7 -> directory -> flip(directory, "", random) + flip(directory, "-wal", random);
            default ->
                    directory ->
                            flip(directory, "-shm", random)
                                    + flip(directory, "-wal", random)
                                    + blank(directory, "", random);
        };
    }

    private static String flip(Path directory, String suffix, Random random) throws Exception {
        Path file = directory.resolve("wormhole.db" + suffix);
        byte[] bytes = Files.readAllBytes(file);
        int flips = 1 + random.nextInt(16);
        // Every other time where the headers are.
        int range = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 4_096);
        for (int i = 0; i < flips; i++)
            bytes[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
        return flips + " bits of the first " + range + " of " + file.getFileName() + "; ";
    }

    private static String cut(Path directory, String suffix, Random random) throws Exception {
        Path file = directory.resolve("wormhole.db" + suffix);
        int size = random.nextInt(Math.toIntExact(Files.size(file)));
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
        return file.getFileName() + " cut to " + size + "; ";
    }

    private static String blank(Path directory, String suffix, Random random) throws Exception {
        Path file = directory.resolve("wormhole.db" + suffix);
        long pages = Files.size(file) / 4_096;
        long page = random.nextLong(pages);
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position(page * 4_096).write(ByteBuffer.allocate(4_096));
        }
        return "page " + page + " of " + file.getFileName() + " blank; ";
    }
}
