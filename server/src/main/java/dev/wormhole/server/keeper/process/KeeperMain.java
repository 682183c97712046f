package dev.wormhole.server.keeper.process;

import dev.wormhole.server.keeper.wire.KeeperLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The keeper's process. */
public final class KeeperMain {

    private static final Logger log = LoggerFactory.getLogger(KeeperMain.class);

    private KeeperMain() {}

    /**
     * Is a keeper until that ends; blocks that long. A SIGTERM ends every process in order.
     *
     * @param lock of its name; let go at the end
     * @return the exit status: 0, or 1 when it could not be one any more
     */
    public static int run(KeeperOptions options, KeeperLock lock) {
        log.info("{} classes loaded", Preload.all());
        var ended = new CountDownLatch(1);
        try {
            Keeper keeper = Keeper.open(options, lock);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> end(keeper, ended), "keeper-end"));
            keeper.run();
            return 0;
        } catch (IOException e) {
            log.error("keeper {}: {}", options.files().name(), e.getMessage(), e);
            return 1;
        } catch (RuntimeException | Error e) {
            log.error("keeper {} died", options.files().name(), e);
            return 1;
        } finally {
            ended.countDown();
        }
    }

    /** When the JVM is told to end: processes get the time that a hang-up takes. */
    private static void end(Keeper keeper, CountDownLatch ended) {
        keeper.close();
        try {
            if (!ended.await(5, TimeUnit.SECONDS)) log.warn("processes do not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
