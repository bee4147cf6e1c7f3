package kinoteka.catalog.database.request;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Passes everything on but a cancellation, which waits until the request's connections allow it. */
public final class HeldBackCancellation<T> implements CoreSubscriber<T>, Subscription {

    private final CoreSubscriber<? super T> client;
    private final RequestConnections connections;
    private final Context context;
    private volatile boolean disconnected;
    private Subscription source = Operators.emptySubscription();

    public HeldBackCancellation(CoreSubscriber<? super T> client, RequestConnections connections) {
        this.client = client;
        this.connections = connections;
        this.context = connections.addTo(client.currentContext());
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        client.onSubscribe(this);
    }

    @Override
    public void onNext(T element) {
        if (disconnected) {
            Operators.onDiscard(element, context);
        } else {
            client.onNext(element);
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (!disconnected) {
            client.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        if (!disconnected) {
            client.onComplete();
        }
    }

    @Override
    public void request(long n) {
        source.request(n);
    }

    @Override
    public void cancel() {
        if (!disconnected) {
            disconnected = true;
            connections.disconnect(source::cancel);
        }
    }
}
