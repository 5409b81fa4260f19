namespace MaoApi.Notices;

/// <summary>A notice on its way out by one channel.</summary>
/// <param name="Id">The delivery, the same at every attempt: a receiver can tell a repetition.</param>
/// <param name="UserKey">Whom it is for.</param>
/// <param name="Type">One of <see cref="NoticeType"/>.</param>
/// <param name="Title">One line.</param>
/// <param name="Body">The text.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="IsUrgent">Whether the receiver's device should be woken.</param>
/// <param name="Data">Further fields for programs.</param>
internal sealed record NoticeMessage(
    string Id, int UserKey, string Type, string Title, string Body, DateTimeOffset At, bool IsUrgent, IReadOnlyDictionary<string, string> Data);
