package kinoteka.seeder.words;

import java.util.List;

/**
 * Sentences in one language with the placeholders {hero} and {town}. Verbs are in the present tense, because it has one form
 * for all genders in Russian.
 *
 * @param beginnings first sentences of synopses
 * @param endings last sentences of synopses
 * @param headlines of publications
 * @param remarks about films
 * @param replies to comments
 * @param biographies sentences about people who make films
 * @param selfDescriptions sentences of customers about themselves
 */
record Phrases(
        List<String> beginnings,
        List<String> endings,
        List<String> headlines,
        List<String> remarks,
        List<String> replies,
        List<String> biographies,
        List<String> selfDescriptions) {

    static final Phrases RUSSIAN =
            new Phrases(lines("""
                    {hero} возвращается в {town} и узнаёт, что дома никто не ждёт.
                    {hero} находит на чердаке письмо, которое шло сорок лет.
                    Ночной поезд останавливается, не доехав до города {town}.
                    Накануне свадьбы {hero} исчезает, не оставив записки.
                    {town}, конец лета: последний сеанс в кинотеатре, который завтра снесут.
                    {hero} соглашается на работу, о которой нельзя рассказывать.
                    Экспедиция выходит к озеру, которого нет ни на одной карте.
                    {hero} просыпается в чужой квартире с чужим именем в паспорте.
                    """), lines("""
                    До рассвета придётся решить, кому верить.
                    Теперь каждый в городе {town} что-нибудь скрывает.
                    Правда оказывается проще и страшнее, чем думали все.
                    Помочь может только {hero}, но просить поздно.
                    Так начинается дружба, которой хватит на целую жизнь.
                    Обратный билет есть только у одного из них.
                    Зимой здесь не ходят поезда, и бежать некуда.
                    """), lines("""
                    Что посмотреть на этой неделе
                    {hero}: «Кино начинается с тишины»
                    Фестиваль в городе {town}: итоги
                    Десять фильмов, которые стоит пересмотреть
                    Неизвестные кадры: как снимали финал
                    {town} глазами кинооператора
                    Почему мы снова любим чёрно-белое кино
                    Премьеры месяца
                    {hero} о новой роли
                    """), lines("""
                    Пересматриваю каждый год и каждый раз вижу новое.
                    Первая половина затянута, зато финал того стоит.
                    Оператор здесь главный герой.
                    {hero} в лучшей своей роли.
                    Музыка до сих пор не выходит из головы.
                    Ожидания были выше, но один раз посмотреть можно.
                    Диалоги живые, как будто подслушаны на улице.
                    Сцену на мосту надо показывать в киношколах.
                    Смотреть лучше вечером и без перерывов.
                    Снято в городе {town}, узнаю каждый двор.
                    """), lines("""
                    Согласен, особенно насчёт финала.
                    А мне показалось наоборот.
                    Спасибо, теперь точно посмотрю.
                    Пересмотрите ещё раз, там всё не так просто.
                    Вы, похоже, смотрели другой фильм.
                    Подпишусь под каждым словом.
                    """), lines("""
                    Место рождения: {town}.
                    Впервые на экране в студенческом фильме.
                    Начало пути: театр в городе {town}.
                    Преподаёт и не любит давать интервью.
                    Учитель и постоянный соавтор: {hero}.
                    В свободное время снимает на плёнку и собирает афиши.
                    """), lines("""
                    Смотрю старое кино и не люблю спойлеры.
                    Живу в городе {town}, по пятницам хожу в киноклуб.
                    Комедии по будням, драмы по выходным.
                    Пишу о том, что посмотрел, чтобы не забыть.
                    Любимый актёр: {hero}.
                    """));

    static final Phrases ENGLISH =
            new Phrases(lines("""
                    {hero} comes home to {town} and finds that nobody was waiting.
                    In the attic {hero} finds a letter that took forty years to arrive.
                    The night train stops before it reaches {town}.
                    On the eve of the wedding {hero} is gone without a note.
                    {town}, the end of summer: the last show of a cinema that comes down tomorrow.
                    {hero} takes a job that must not be talked about.
                    An expedition reaches a lake that is on no map.
                    {hero} wakes up in a strange flat with a strange name in the passport.
                    """), lines("""
                    Before dawn they must decide whom to trust.
                    Now everybody in {town} has something to hide.
                    The truth is simpler than they thought, and worse.
                    Only {hero} could help, and it is too late to ask.
                    So begins a friendship that lasts a lifetime.
                    Only one of them has a ticket back.
                    No train runs here in winter, and there is nowhere to go.
                    """), lines("""
                    What to watch this week
                    {hero}: "Cinema begins with silence"
                    The festival of {town} in review
                    Ten films worth another look
                    How the last scene was shot
                    {town} through a camera
                    Why we love black and white again
                    This month's premieres
                    {hero} about a new part
                    """), lines("""
                    I watch it every year and see something new each time.
                    Slow at first, but the ending makes up for it.
                    The camera is the real lead here.
                    {hero} was never better.
                    The music stays with you for days.
                    I expected more, but it is worth seeing once.
                    People talk the way people talk.
                    They should teach the scene on the bridge.
                    Best watched in the evening and in one go.
                    Shot in {town}: I know every street of it.
                    """), lines("""
                    True, the ending above all.
                    I felt just the opposite.
                    Thanks, now I have to see it.
                    Watch it again, there is more to it.
                    Did we see the same film?
                    I could not agree more.
                    """), lines("""
                    Place of birth: {town}.
                    First seen in a student film.
                    Began on the stage in {town}.
                    Teaches, and gives few interviews.
                    Learned the trade from {hero}.
                    Collects posters and still shoots on film.
                    """), lines("""
                    Old films, no spoilers.
                    I live in {town} and spend my Fridays at the film club.
                    Comedies on weekdays, drama at weekends.
                    I write down what I saw so that I remember it.
                    Will watch anything with {hero}.
                    """));

    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}
