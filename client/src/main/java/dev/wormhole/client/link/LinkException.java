package dev.wormhole.client.link;

/**
 * An attempt to connect, or a request over the link, cannot succeed as things are; carries the
 * problem to show.
 */
public final class LinkException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient LinkProblem problem;

    public LinkException(LinkProblem problem) {
        super(problem.message());
        this.problem = problem;
    }

    public LinkProblem problem() {
        return problem;
    }
}
