package kinoteka.people.deed;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import kinoteka.people.library.Answer;
import kinoteka.people.library.Ask;
import tools.jackson.databind.JsonNode;

/**
 * A change of what one has read, and of nothing newer: who loses the race against another change reads again.
 *
 * @param path of the thing
 * @param token of who changes it
 * @param edit the fields to change, from what was read; the answer must have them
 * @param mayBeGone whether this answer may say that the thing is gone
 */
record Change(String path, String token, Function<JsonNode, Map<String, ?>> edit, Predicate<Answer> mayBeGone)
        implements Deed {

    private static final int RACES = 10;

    @Override
    public void perform(Visit visit) throws InterruptedException {
        var seen = look(visit);
        for (int race = 0; race < RACES && seen.status() == 200; race++) {
            var fields = edit.apply(seen.body());
            var exchange = visit.send(Ask.patch(path, fields).by(token).with("If-Match", seen.tag()));
            var answer = exchange.answer();
            if (!answer.is(412, "precondition-failed")) {
                visit.note(exchange, verdict(answer, fields));
                return;
            }
            var now = look(visit);
            var isAnother = now.status() != 200 || !now.tag().equals(seen.tag());
            visit.note(exchange, isAnother ? Verdict.refused("lost a race") : Verdict.unexpected(answer));
            seen = now;
        }
        if (seen.status() == 200) {
            visit.impossible(path + ": lost " + RACES + " races");
        }
    }

    private Answer look(Visit visit) throws InterruptedException {
        var exchange = visit.send(Ask.get(path));
        var answer = exchange.answer();
        var isThere = answer.status() == 200 && !answer.tag().isEmpty();
        return visit.note(exchange, isThere ? Verdict.done("read") : refusal(answer));
    }

    private Verdict verdict(Answer answer, Map<String, ?> fields) {
        return answer.status() == 200 && has(answer, fields) ? Verdict.done("changed") : refusal(answer);
    }

    private Verdict refusal(Answer answer) {
        return mayBeGone.test(answer) ? Verdict.refused("deleted meanwhile") : Verdict.unexpected(answer);
    }

    private static boolean has(Answer answer, Map<String, ?> fields) {
        return fields.entrySet().stream()
                .allMatch(field -> answer.text(field.getKey()).equals(String.valueOf(field.getValue())));
    }
}
