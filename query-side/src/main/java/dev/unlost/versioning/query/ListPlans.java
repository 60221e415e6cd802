package dev.unlost.versioning.query;

import jakarta.persistence.EntityManager;

/** How PostgreSQL plans the lists of a read transaction. */
public final class ListPlans {

    private ListPlans() {}

    /**
     * A rare value wants another index than a common one, and a prepared statement's generic plan would pick one for all.
     * And whatever share of a small table is the factory's now: a list never reads all factories' rows.
     */
    public static void forTheValuesAtHandAndByIndex(EntityManager entityManager) {
        entityManager.createNativeQuery("""
                        select set_config('plan_cache_mode', 'force_custom_plan', true),
                          set_config('enable_seqscan', 'off', true)""", Object[].class).getSingleResult();
    }
}
