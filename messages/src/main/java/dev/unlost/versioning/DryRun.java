package dev.unlost.versioning;

import java.util.Map;

/** A command that is decided as any other, and then taken back: nothing is stored, and nobody learns of it. */
public final class DryRun {

    private static final String KEY = "dryRun";

    private DryRun() {}

    /** @return the metadata that makes a command one */
    public static Map<String, Object> toMetaData() {
        return Map.of(KEY, true);
    }

    public static boolean isOne(Map<String, ?> metaData) {
        return Boolean.TRUE.equals(metaData.get(KEY));
    }

    /** Takes back what was decided, and carries the answer past the transaction that ends with it. */
    public static final class Decided extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Object answer;

        /** @param answer what the command would have been answered with */
        public Decided(Object answer) {
            super("a dry run", null, false, false);
            this.answer = answer;
        }

        public Object answer() {
            return answer;
        }
    }
}
