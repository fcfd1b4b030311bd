package org.cabstand.it.app;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Works for each message, which says how and with what. */
@ServerEndpoint("/socket")
@Dependent
public class CallSocket {

    @Inject Work work;

    @OnMessage
    public String called(String message) throws Exception {
        String[] words = message.split(" ");
        Call call = Call.of(Via.valueOf(words[0]), words[1]);
        call.run(work);
        return call.await();
    }
}
