package io.tillwatch.jobs.local;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Tells of the signals by which this process is asked to end (SIGTERM, Ctrl-C), instead of ending it.
 *
 * <p>A shutdown hook would not do: Flink has its own, which close its parts while the jobs still need them to write a
 * savepoint, and hooks run in no order. The JDK has no other way than {@code sun.misc.Signal}, which it keeps open for
 * this; it is called by its name because the compiler warns of it, and no warning passes here.
 */
final class EndSignals {

    private static final List<String> NAMES = List.of("TERM", "INT");

    private EndSignals() {}

    /**
     * Has an action run at each such signal, in a thread of its own.
     *
     * @return false where the JVM does not let signals be had, as with {@code -Xrs}: then they end it at once, as before
     */
    static boolean run(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object runs = Proxy.newProxyInstance(
                    EndSignals.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) ->
                            method.getName().equals("handle") ? handle(action) : ofObject(proxy, method, arguments));
            Method handle = signal.getMethod("handle", signal, handler);
            for (String name : NAMES) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), runs);
            }
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static Object handle(Runnable action) {
        action.run();
        return null;
    }

    /** The JVM keeps the handler in tables. */
    private static Object ofObject(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "end signals";
        };
    }
}
