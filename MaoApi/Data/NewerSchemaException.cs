namespace MaoApi.Data;

/// <summary>A later version of the program has changed this database: what it keeps now is not known here, so it is not touched.</summary>
internal sealed class NewerSchemaException(DatabaseName database, string migration) : Exception(
    $"The database {database} was changed by a later version of MaoTrade ({migration}). Run that version, or restore the back-up from before it.");
