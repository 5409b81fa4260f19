namespace MaoApi.Commands.Doctor;

/// <summary>What a look at one thing found.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Status">One of the constants.</param>
/// <param name="Message">What was seen, and what to do about it.</param>
internal sealed record Finding(string Name, string Status, string Message)
{
    public const string Ok = "ok";
    public const string Warning = "warning";
    public const string Failed = "failed";

    public static Finding Good(string name, string message) => new(name, Ok, message);

    public static Finding Warn(string name, string message) => new(name, Warning, message);

    public static Finding Bad(string name, string message) => new(name, Failed, message);
}
