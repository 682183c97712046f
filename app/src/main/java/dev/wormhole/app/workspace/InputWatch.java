package dev.wormhole.app.workspace;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Decides what is said of one pane's input.
 *
 * <p>Owned by the FX thread.
 */
final class InputWatch {

    /** What is smaller is taken before anybody has read about it. */
    static final long LARGE = 512 << 10;

    private final ReadOnlyObjectWrapper<InputNotice> notice =
            new ReadOnlyObjectWrapper<>(this, "notice", new InputNotice.Nothing());

    ReadOnlyObjectProperty<InputNotice> noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    /** So much of a pile of input was taken; no total: nothing waits. */
    void waits(long taken, long total) {
        if (total >= LARGE) notice.set(new InputNotice.Pasting(taken, total));
        else if (notice.get() instanceof InputNotice.Pasting) clear();
    }

    void discarded(long bytes) {
        long before = notice.get() instanceof InputNotice.Discarded(long sum) ? sum : 0;
        notice.set(new InputNotice.Discarded(before + bytes));
    }

    /** What was said has been read. */
    void seen() {
        if (notice.get() instanceof InputNotice.Discarded) clear();
    }

    void clear() {
        notice.set(new InputNotice.Nothing());
    }
}
