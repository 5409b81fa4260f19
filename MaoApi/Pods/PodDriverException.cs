namespace MaoApi.Pods;

/// <summary>An engine could not be started, found or stopped where it is meant to run.</summary>
internal class PodDriverException(string message, bool isAway, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Nobody answered: what runs is not known. Otherwise the answer was no.</summary>
    public bool IsAway => isAway;

    public static PodDriverException Away(string message, Exception? cause = null) => new(message, isAway: true, cause);

    public static PodDriverException Refused(string message) => new(message, isAway: false);
}
