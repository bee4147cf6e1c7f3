import java.time.Duration;
import java.time.Instant;
import kinoteka.people.api.DevelopmentToken;

/** Prints the id and a token of each customer whose id is an argument, in a line. */
void main(String[] customers) {
    for (var customer : customers) {
        IO.println(customer + " " + new DevelopmentToken(customer, "customer", Instant.now().plus(Duration.ofDays(1))));
    }
}
