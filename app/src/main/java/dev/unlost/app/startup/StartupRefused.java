package dev.unlost.app.startup;

import org.jspecify.annotations.Nullable;

/** The service does not start, because as it is set up it could not keep what it promises. */
public class StartupRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param problem what is wrong, one sentence
     * @param remedy what to do about it, one sentence
     */
    public StartupRefused(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public StartupRefused(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
