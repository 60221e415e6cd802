package dev.unlost.app.support;

/** Two nodes on one database, started once for all tests of this process. Every test uses a factory of its own. */
public final class SharedNodes {

    private SharedNodes() {}

    public static TestDatabase database() {
        return Database.INSTANCE;
    }

    public static TestNode first() {
        return First.INSTANCE;
    }

    public static TestNode second() {
        return Second.INSTANCE;
    }

    private static final class Database {
        static final TestDatabase INSTANCE = TestDatabase.create("shared");
    }

    private static final class First {
        static final TestNode INSTANCE = TestNode.inProcess(database());
    }

    private static final class Second {
        static final TestNode INSTANCE = TestNode.inProcess(database());
    }
}
