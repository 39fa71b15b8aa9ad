using System.Buffers.Binary;
using System.Text;

namespace TinyQuant.Import.Tests.Support;

/// <summary>Writes maps of FlexBuffers, whose values and offsets all have one width.</summary>
internal static class Flex
{
    private const byte Map = 9;

    /// <summary>A map.</summary>
    /// <param name="width">The bytes of each value: 1, 2, 4 or 8; a real number takes 4 or 8.</param>
    /// <param name="entries">Names in ordinal order, with values that are int, bool, float, double, or a byte, which
    /// stands for a value of another kind.</param>
    public static byte[] Write(int width, params (string Key, object Value)[] entries)
    {
        var bytes = new List<byte>();
        int[] keys = [.. entries.Select(e => Text(bytes, e.Key))];
        Put(bytes, entries.Length, width);
        int keysAt = bytes.Count;
        foreach (int key in keys)
        {
            Put(bytes, bytes.Count - key, width);
        }

        Put(bytes, bytes.Count - keysAt, width);
        Put(bytes, width, width);
        Put(bytes, entries.Length, width);
        int mapAt = bytes.Count;
        foreach ((string _, object value) in entries)
        {
            Put(bytes, Bits(value, width), width);
        }

        int log = int.Log2(width);
        bytes.AddRange(entries.Select(e => (byte)((Type(e.Value) << 2) | log)));
        Put(bytes, bytes.Count - mapAt, width);
        return [.. bytes, (byte)((Map << 2) | log), (byte)width];
    }

    private static int Text(List<byte> bytes, string key)
    {
        int at = bytes.Count;
        bytes.AddRange([.. Encoding.UTF8.GetBytes(key), 0]);
        return at;
    }

    private static long Bits(object value, int width) => value switch
    {
        int number => number,
        bool flag => flag ? 1 : 0,
        byte => 0,
        float real => BitConverter.SingleToInt32Bits(real),
        _ => width == 8
            ? BitConverter.DoubleToInt64Bits((double)value)
            : BitConverter.SingleToInt32Bits((float)(double)value),
    };

    private static int Type(object value) => value switch { int => 1, bool => 26, byte => 5, _ => 3 };

    private static void Put(List<byte> bytes, long value, int width)
    {
        byte[] all = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(all, value);
        bytes.AddRange(all[..width]);
    }
}
