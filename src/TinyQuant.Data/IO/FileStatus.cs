using System.Runtime.InteropServices;
using System.Text;

namespace TinyQuant.Data.IO;

/// <summary>What Linux knows of a file, or of a link itself, without a name in .NET: owner, kind, identity.</summary>
/// <remarks>
/// From statx(2): of all the calls for this the only one whose structure is the same with every processor and every
/// libc (include/uapi/linux/stat.h), so that its fields can be read at fixed places.
/// </remarks>
/// <param name="Owner">The user.</param>
/// <param name="Kind">The bits of the mode that say what it is.</param>
/// <param name="Device">The file system: major number in the upper half.</param>
/// <param name="Node">The number within the file system: the same for all hard links to a file.</param>
internal readonly record struct FileStatus(uint Owner, int Kind, ulong Device, ulong Node)
{
    public const int Directory = 0x4000;
    public const int Regular = 0x8000;

    private const int CurrentDirectory = -100; // AT_FDCWD: for paths that are not rooted
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicFields = 0x7ff; // STATX_BASIC_STATS
    private const int Length = 256;

    /// <summary>Of a path; of a link itself, not of what it leads to.</summary>
    /// <returns>Null where there is no such file, and where it is not known: on another system, or without
    /// statx.</returns>
    public static FileStatus? OfLink(string path) => Of(path, NoFollow);

    /// <summary>Of what a path leads to.</summary>
    /// <inheritdoc cref="OfLink" path="/returns"/>
    public static FileStatus? Of(string path) => Of(path, 0);

    /// <summary>The user who runs this; null on another system.</summary>
    public static uint? User
    {
        get
        {
            try
            {
                return OperatingSystem.IsLinux() ? EffectiveUser() : null;
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                return null;
            }
        }
    }

    private static FileStatus? Of(string path, int flags)
    {
        byte[] status = new byte[Length];
        try
        {
            if (!OperatingSystem.IsLinux()
                || Query(CurrentDirectory, [.. Encoding.UTF8.GetBytes(path), 0], flags, BasicFields, status) != 0)
            {
                return null;
            }
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null; // an old libc
        }

        uint Field(int at) => MemoryMarshal.Read<uint>(status.AsSpan(at));
        return new FileStatus(
            Owner: Field(20),
            Kind: MemoryMarshal.Read<ushort>(status.AsSpan(28)) & 0xf000,
            Device: ((ulong)Field(136) << 32) | Field(140),
            Node: MemoryMarshal.Read<ulong>(status.AsSpan(32)));
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Query(int directory, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();
}
