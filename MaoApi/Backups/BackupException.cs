namespace MaoApi.Backups;

/// <summary>A back-up cannot be made, is damaged, or cannot be put back; the message says what and where.</summary>
internal sealed class BackupException(string message, Exception? cause = null) : Exception(message, cause);
