package kinoteka.catalog.customer;

import org.jspecify.annotations.Nullable;

/**
 * The part of an update that concerns the password. It is computed before the transaction of the update begins.
 *
 * @param newHash the hash of the new password; null if the password stays as it is
 * @param verifiedHash the hash that the current password was verified against: the transaction must find it unchanged; null if
 *     nothing had to be verified
 */
record PasswordChange(@Nullable String newHash, @Nullable String verifiedHash) {

    static final PasswordChange NONE = new PasswordChange(null, null);

    /** Without the hashes, which no log may contain. */
    @Override
    public String toString() {
        return "PasswordChange[]";
    }
}
