package dev.wormhole.client.attach;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

/** What the view asks for; done at once, on the view's thread. */
interface AttachEffects {

    /** Bytes for the outer terminal. */
    void show(byte[] bytes);

    void type(ByteString bytes);

    void resize(TerminalSize size);

    void respawn();

    /** Has the program run that was offered in this generation, or forgets it. */
    void answerOffer(long generation, boolean run);

    /** The Screen here is not what the server's hash says. */
    void screenDiffers();

    /**
     * Gives up the attachment and attaches anew, for a fresh snapshot; events then carry the new
     * number.
     */
    int attachAgain();

    void finish(AttachOutcome outcome);
}
