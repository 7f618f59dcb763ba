package io.tillwatch.cli.demo;

import io.tillwatch.traffic.acquirer.AcquirerSide;
import io.tillwatch.traffic.acquirer.AcquirerUnreachableException;
import io.tillwatch.traffic.acquirer.Effect;
import java.util.List;
import java.util.function.Consumer;

/** Reads from time to time what instructions did at the acquirer, on a thread of its own. */
final class EffectReader implements AutoCloseable {

    private static final long EVERY_MILLIS = 200;

    private final AcquirerSide acquirer;
    private final Consumer<Effect> told;
    private final Thread thread;
    private volatile boolean closed;
    private long seen;

    private EffectReader(AcquirerSide acquirer, Consumer<Effect> told) {
        this.acquirer = acquirer;
        this.told = told;
        this.thread = new Thread(this::read, "effects");
        thread.setDaemon(true);
    }

    static EffectReader start(AcquirerSide acquirer, Consumer<Effect> told) {
        EffectReader reader = new EffectReader(acquirer, told);
        reader.thread.start();
        return reader;
    }

    private void read() {
        while (!closed) {
            try {
                List<Effect> effects = acquirer.effectsAfter(seen);
                for (Effect effect : effects) {
                    seen = effect.seq();
                    told.accept(effect);
                }
                if (effects.isEmpty()) {
                    Thread.sleep(EVERY_MILLIS);
                }
            } catch (AcquirerUnreachableException e) {
                // Whoever watches the acquirer's process says so.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
