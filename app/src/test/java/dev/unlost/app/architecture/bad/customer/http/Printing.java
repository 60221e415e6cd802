package dev.unlost.app.architecture.bad.customer.http;

/** Logs to nowhere. */
final class Printing {

    private Printing() {}

    static void print() {
        System.out.println("here");
    }
}
