namespace TinyQuant.Tests;

/// <summary>A test that makes files of other users, skipped where this user may not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Skip = "Run it as root, on Linux: it gives files to other users.";
        }
    }
}
