using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace MaoApi.Data;

/// <summary>The ways in which a database says that it is away, or did not do it: its driver's, and the framework's after its retries.</summary>
internal static class DatabaseFault
{
    public static bool Is(Exception fault) => fault is DbException or DbUpdateException or RetryLimitExceededException;
}
