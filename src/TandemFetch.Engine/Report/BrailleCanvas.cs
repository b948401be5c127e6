namespace TandemFetch.Engine.Report;

/// <summary>A grid of characters, each of which has two by four dots. A cell keeps the most severe level of its dots.
/// </summary>
/// <param name="columns">Characters in a row.</param>
/// <param name="rows">Rows.</param>
internal sealed class BrailleCanvas(int columns, int rows)
{
    private const char Blank = '\u2800';

    // The bits of the left and of the right column of a braille character, from top to bottom.
    private static readonly int[][] Bits = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

    private readonly int[,] _dots = new int[columns, rows];
    private readonly GlucoseLevel[,] _levels = new GlucoseLevel[columns, rows];

    /// <summary>Dots in a row.</summary>
    public int Width => columns * 2;

    /// <summary>Dots in a column.</summary>
    public int Height => rows * 4;

    /// <summary>Sets a dot.</summary>
    /// <param name="x">From the left.</param>
    /// <param name="y">From the top.</param>
    /// <param name="level">What it stands for.</param>
    public void Set(int x, int y, GlucoseLevel level)
    {
        var (column, row) = (x / 2, y / 4);
        _dots[column, row] |= Bits[x % 2][y % 4];
        _levels[column, row] = (GlucoseLevel)Math.Max((int)level, (int)_levels[column, row]);
    }

    /// <summary>A character and what its dots stand for; null where it has none.</summary>
    /// <param name="column">From the left.</param>
    /// <param name="row">From the top.</param>
    public (char Character, GlucoseLevel Level)? At(int column, int row) =>
        _dots[column, row] == 0 ? null : ((char)(Blank + _dots[column, row]), _levels[column, row]);
}
