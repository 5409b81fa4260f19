namespace MaoTrade.Engine.Monitoring;

/// <summary>Labels of <see cref="Steps"/>, in the order in which an order meets them.</summary>
public static class Step
{
    public const string LeaseTaken = "start.lease";
    public const string SchemaReady = "start.schema";
    public const string StateLoaded = "start.loaded";
    public const string InputTaken = "input.taken";
    public const string BeforeCommit = "commit.before";
    public const string AfterCommit = "commit.after";
    public const string BeforeSend = "send.before";
    public const string AfterSend = "send.after";
    public const string BeforeAcknowledge = "acknowledge.before";
    public const string AfterAcknowledge = "acknowledge.after";
    public const string BeforeReply = "reply.before";
    public const string BeforeSurvey = "survey.before";
    public const string AfterSurvey = "survey.after";
    public const string BeforeProof = "proof.before";
    public const string AfterProof = "proof.after";
}
